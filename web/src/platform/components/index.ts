export { Avatar, initials } from "./Avatar.tsx";
export { Badge, LiveBadge } from "./Badge.tsx";
export { Button, ButtonLink, buttonClass } from "./Button.tsx";
export { Dialog } from "./Dialog.tsx";
export { Field, FormError, SelectField, TextAreaField, TextField } from "./Field.tsx";
export { Icon, Logo } from "./Icon.tsx";
export { Empty, QuietLine, Skeleton, SkeletonCard } from "./States.tsx";
export { TimeZonePicker } from "./TimeZonePicker.tsx";
export { useToast } from "./Toast.tsx";
