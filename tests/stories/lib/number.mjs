/** The first number in a text, as people print it: 4000 in "4,000 left". */
export const number = (text) => Number(/-?\d[\d,]*(?:\.\d+)?/.exec(text ?? "")?.[0].replaceAll(",", ""));
