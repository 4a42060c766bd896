// In place of MapLibre's asking for two fingers, which a map within a long page wants: here the map
// is the page.
export class CooperativeGesturesHandler {
  isActive = () => false;
  isEnabled = () => false;
  isBypassed = () => true;
  reset() {}
  enable() {}
  disable() {}
  notifyGestureBlocked() {}
}
