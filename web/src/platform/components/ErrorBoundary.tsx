import { Component, type ReactNode } from "react";
import { BrokenPage } from "../shell/BrokenPage.tsx";

/** Shows what to do when a page breaks, instead of nothing. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}
