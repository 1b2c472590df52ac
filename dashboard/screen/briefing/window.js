// Tells how large the window is, and the room from here to its lower right, in CSS pixels.
export default function ({ parentElement, setStateValue }) {
  const host = parentElement.host ?? parentElement;
  let told = "";
  const tell = () => {
    const { width, top } = host.getBoundingClientRect();
    const size = [innerWidth, innerHeight, Math.round(width), Math.round(innerHeight - top)];
    if (width && String(size) !== told) {
      told = String(size);
      setStateValue("size", size);
    }
  };
  // A window that is being pulled larger, or a sidebar that folds away, tells its size when it rests.
  let resting;
  const later = () => { clearTimeout(resting); resting = setTimeout(tell, 150); };
  const watch = new ResizeObserver(later);
  watch.observe(host);
  tell();
  addEventListener("resize", later);
  return () => { clearTimeout(resting); watch.disconnect(); removeEventListener("resize", later); };
}
