import { Component, type ReactNode } from "react";
import { BrokenPage } from "../shell/BrokenPage.tsx";

interface ErrorBoundaryProps {
  children: ReactNode;
  /** Another value gives the page another chance. */
  resetOn: string;
}

/** Shows what to do when a page breaks, instead of nothing. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidUpdate(before: ErrorBoundaryProps) {
    if (this.state.broken && before.resetOn !== this.props.resetOn) this.setState({ broken: false });
  }

  override render() {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}
