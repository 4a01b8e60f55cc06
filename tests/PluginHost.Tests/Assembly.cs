// Plugins are looked for among the load contexts of the whole process, so one test at a time makes them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
