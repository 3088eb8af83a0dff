import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** '/' goes to a field, unless it is being typed somewhere. */
export function useSlashKey(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { target } = event;
      const isTyped = target instanceof HTMLElement && /^(input|textarea|select)$/i.test(target.tagName);
      if (event.key !== '/' || isTyped || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [field]);
}
