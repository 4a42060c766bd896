// Shows how much of the app has arrived, and says so when it does not arrive.
// Trunk calls these while it fetches the main binary.

const bar = () => document.getElementById("loading-bar");

function failed() {
  bar()?.setAttribute("hidden", "");
  document.getElementById("loading-text")?.setAttribute("hidden", "");
  document.getElementById("loading-failed")?.removeAttribute("hidden");
  document.getElementById("loading")?.setAttribute("aria-busy", "false");
}

export default function initializer() {
  return {
    onProgress({ current, total }) {
      const element = bar();
      if (element && total > 0) element.value = Math.min(100, Math.round((current / total) * 100));
    },
    onFailure(error) {
      console.error("mendmap did not load:", error);
      failed();
    },
  };
}
