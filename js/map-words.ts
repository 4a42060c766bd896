// In place of the words of MapLibre's own controls, of which there are none. The map's name is said
// by the app, in its language.
export const defaultLocale = { "Map.Title": "Map" };
