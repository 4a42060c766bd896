// In place of MapLibre's drawing of the sky, which it asks for in every frame: nobody looks up.
export const drawSky = () => {};
export const drawAtmosphere = () => {};
