// The proof that a post comes from our own page. Signing in again, in another window, gave a new one; the cookie
// has it.

export function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  return found ? found[1] : "";
}
