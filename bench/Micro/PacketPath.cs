using BenchmarkDotNet.Attributes;
using RtpProxy.TestKit.Operations;

namespace RtpProxy.Micro;

/// <summary>What one packet costs without the kernel, and of what this is the sum.</summary>
public class PacketPath
{
    private readonly RelayRtpPacket _relay = new();
    private readonly RelayRtcpReport _report = new();
    private readonly RefuseStranger _stranger = new();
    private readonly ParseRtpPacket _parse = new();
    private readonly AnalyseRtpPacket _analyse = new();
    private readonly DecideLatchedSource _latched = new();
    private readonly DecideMovingSource _moving = new();

    [Benchmark(Baseline = true)]
    public void RelayRtpPacket() => _relay.Run();

    [Benchmark]
    public void RelayRtcpReport() => _report.Run();

    [Benchmark]
    public void RefuseStranger() => _stranger.Run();

    [Benchmark]
    public void ParseRtpPacket() => _parse.Run();

    [Benchmark]
    public void AnalyseRtpPacket() => _analyse.Run();

    [Benchmark]
    public void DecideLatchedSource() => _latched.Run();

    [Benchmark]
    public void DecideMovingSource() => _moving.Run();
}
