// When the browser gets no answer from a key, or is told to stop, the page says so.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const told = document.getElementById("key-problem");
  told.hidden = false;
  told.scrollIntoView({ block: "nearest" });
});
