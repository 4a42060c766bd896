// In place of MapLibre's light and sky, which it asks about in every frame: the city lies flat,
// nothing on it has a side that could be lit, and nobody looks up.
class Nothing {
  hasTransition = () => false;
  updateTransitions() {}
  recalculate() {}
}

export { Nothing as Light, Nothing as Sky };
