/** Whether this is a developer's site, where pages for those who build pages are shown. */
export function developing(): boolean {
  const served = document.querySelector<HTMLMetaElement>('meta[name="plenary-env"]');
  return import.meta.env.DEV || served?.content === "Development";
}
