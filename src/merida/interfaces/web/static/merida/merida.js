// Nothing here is needed for reading: keys, copying a citation, closing what was opened.
import { startKeyboard } from "./keyboard.js";
import { startCopying } from "./copying.js";
import { startPanels } from "./panels.js";

startKeyboard(document);
startCopying(document);
startPanels(document);
