using StepBench;

Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Trim()}; the least of {Measure.Rounds} rounds each");
Console.WriteLine($"{"step",-52} {"ns",10} {"bytes",10}");
ReferenceEntry.Run();
MailRendering.Run();
IntakeParsing.Run();
Codecs.Run();
