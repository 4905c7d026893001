// Says so on the page when the browser cannot use a passkey (cancelled, unknown, not supported).
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey-problem");
  if (problem) problem.hidden = false;
});
