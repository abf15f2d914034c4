#pragma once

namespace roadmap::app {

// One arena for all threads (mallopt(3)): with one each, what a large run took stays with the thread that ran
// it, and the next large run takes as much again. And no fast bins in it. Call before any other thread
// starts.
void share_one_arena();

// Gives memory that is free back to the system, where it is much. After a run and between its steps; takes
// milliseconds then.
void give_memory_back();

}  // namespace roadmap::app
