import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./Icon.tsx";

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: string | undefined;
  className?: string | undefined;
}

/** What a control inside a field needs to be tied to its label, hint and error. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** Label, control, hint and error in one block. */
export function Field({
  label,
  hint,
  error,
  className,
  children,
}: FieldProps & { children: (control: FieldControl) => ReactNode }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={["field", error && "invalid", className].filter(Boolean).join(" ")}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          <Icon name="warn" size="sm" />
          {error}
        </p>
      )}
    </div>
  );
}

type Control<Element extends "input" | "textarea" | "select"> = Omit<ComponentProps<Element>, "id" | "className">;

export function TextField({ label, hint, error, className, ...input }: FieldProps & Control<"input">) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(control) => <input {...input} {...control} className="input" />}
    </Field>
  );
}

export function TextAreaField({ label, hint, error, className, ...input }: FieldProps & Control<"textarea">) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(control) => <textarea {...input} {...control} className="input" />}
    </Field>
  );
}

export function SelectField({ label, hint, error, className, children, ...select }: FieldProps & Control<"select">) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(control) => (
        <select {...select} {...control} className="input">
          {children}
        </select>
      )}
    </Field>
  );
}

/** A failure of the whole form, above its buttons. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <p className="form-error" role="alert">
      <Icon name="warn" size="sm" />
      <span>{children}</span>
    </p>
  );
}
