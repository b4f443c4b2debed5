/** The visitor's own choice of colours; `system` leaves it to the device, and live rooms are then dark. */
export type Theme = "system" | "light" | "dark";

const key = "plenary.theme";

export function chosenTheme(): Theme {
  const stored = localStorage.getItem(key);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function chooseTheme(theme: Theme): void {
  if (theme === "system") localStorage.removeItem(key);
  else localStorage.setItem(key, theme);
  applyTheme();
}

/** Sets the colours of the whole page. */
export function applyTheme(): void {
  const theme = chosenTheme();
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** The theme of a live room: dark, unless the visitor chose light. */
export function roomTheme(): "light" | "dark" {
  return chosenTheme() === "light" ? "light" : "dark";
}
