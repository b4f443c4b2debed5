import type { ReactElement, ReactNode } from "react";
import { Menu, MenuTrigger, Popover } from "react-aria-components";

// react-aria adds a style element for pressable things unless one of this id is there. The content security policy allows
// none, so the rule stands in desk.css and this keeps the place.
if (!document.getElementById("react-aria-pressable-style")) {
  const place = document.createElement("meta");
  place.id = "react-aria-pressable-style";
  document.head.append(place);
}

interface DropMenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  placement: "bottom start" | "bottom end";
  onAction: (key: string) => void;
  onOpenChange?: (open: boolean) => void;
  /** Items and separators of react-aria. */
  children: ReactNode;
}

/** A menu below its button: arrow keys, type to find, Escape, as people expect of menus. */
export function DropMenu({ trigger, placement, onAction, onOpenChange, children }: DropMenuProps) {
  return (
    <MenuTrigger {...(onOpenChange && { onOpenChange })}>
      {trigger}
      <Popover className="popover" placement={placement}>
        <Menu className="menu" onAction={(key) => onAction(String(key))}>
          {children}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
