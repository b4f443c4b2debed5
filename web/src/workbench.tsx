import { lazy } from "react";
import { useParams } from "wouter";
import { textArrived } from "./platform/i18n/i18n.ts";
import NotFoundPage from "./platform/shell/NotFoundPage.tsx";
import type { PageModule } from "./routes.tsx";

const page = (load: () => Promise<PageModule>) =>
  lazy(async () => {
    const module = await load();
    await textArrived();
    return module;
  });

const pages = new Map([
  ["picture", page(() => import("./stage/PicturePage.tsx"))],
  ["call", page(() => import("./calls/CallPage.tsx"))],
  ["party", page(() => import("./parties/samples/PartySamplesPage.tsx"))],
]);

/** Pages for whoever builds Plenary. One route of the shell, so that strangers do not download their names. */
export default function WorkbenchPage() {
  const { page: name = "" } = useParams();
  const Page = pages.get(name) ?? NotFoundPage;
  return <Page />;
}
