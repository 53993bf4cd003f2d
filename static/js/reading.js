// The page of a draft for those who read it: it shows the text as it stands, while others write.
import { Listening } from "writing/listening";
import { nameThisWindow } from "writing/this_window";

new Listening().start(await nameThisWindow());
