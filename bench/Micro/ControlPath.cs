using BenchmarkDotNet.Attributes;
using RtpProxy.TestKit.Operations;

namespace RtpProxy.Micro;

/// <summary>What a command costs before it reaches a worker.</summary>
public class ControlPath
{
    private readonly ParseUpdateCommand _update = new();

    [Benchmark]
    public void ParseUpdateCommand() => _update.Run();
}
