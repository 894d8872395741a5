using System.Globalization;
using RtpProxy.Hosting.Load;
using RtpProxy.Io.Posix.Host;
using RtpProxy.Relay.Operations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Io.Tests.Load;

/// <summary>When the machine is too busy for another call to begin.</summary>
public sealed class LoadWatchTests : IDisposable
{
    private readonly WorkingDirectory _root = new();
    private readonly RecordingLogger _logger = new();
    private long _byteRate;
    private ulong _busy;
    private ulong _idle;

    public LoadWatchTests() => Directory.CreateDirectory(Path.Combine(_root.Path, "proc"));

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_load_average_above_the_limit_is_too_much_until_it_is_not()
    {
        LoadWatch watch = New(new LoadLimits(Average: 2.5));
        Look(watch, average: 2.5).ShouldBe(Refusal.None);
        Look(watch, average: 2.51).ShouldBe(Refusal.TooMuchLoad);
        Look(watch, average: 3).ShouldBe(Refusal.TooMuchLoad);
        Look(watch, average: 1).ShouldBe(Refusal.None);

        _logger.Texts.ShouldBe(
            ["no call begins: 2.51 is more than the 2.5 of --max-load", "calls begin again: the machine is less busy"]);
    }

    [Fact]
    public void Processors_are_measured_from_one_look_to_the_next()
    {
        LoadWatch watch = New(new LoadLimits(CpuPercent: 90));
        Work(busy: 1_000_000, idle: 0);
        Look(watch).ShouldBe(Refusal.None, "since when is not known");
        Work(busy: 95, idle: 5);
        Look(watch).ShouldBe(Refusal.TooMuchCpu);
        Work(busy: 89, idle: 11);
        Look(watch).ShouldBe(Refusal.None);
    }

    [Fact]
    public void So_is_what_comes_in()
    {
        LoadWatch watch = New(new LoadLimits(BytesPerSecond: 1000));
        Look(watch).ShouldBe(Refusal.None);
        _byteRate = 1001;
        Look(watch).ShouldBe(Refusal.TooMuchBandwidth);
    }

    [Fact]
    public void What_cannot_be_measured_limits_nothing()
    {
        LoadWatch watch = New(new LoadLimits(Average: 0.1, CpuPercent: 1));
        watch.Look().ShouldBe(Refusal.None);
        watch.Look().ShouldBe(Refusal.None);
    }

    [Fact]
    public void Without_a_limit_nothing_does()
    {
        LoadWatch watch = New(new LoadLimits());
        Work(busy: 100, idle: 0);
        Look(watch, average: 1000);
        Work(busy: 100, idle: 0);
        Look(watch, average: 1000).ShouldBe(Refusal.None);
    }

    private LoadWatch New(LoadLimits limits) => new(limits, new HostFiles(_root.Path), () => _byteRate, _logger);

    private void Work(ulong busy, ulong idle)
    {
        _busy += busy;
        _idle += idle;
    }

    private Refusal Look(LoadWatch watch, double average = 0)
    {
        File.WriteAllText(Path.Combine(_root.Path, "proc", "loadavg"), string.Create(CultureInfo.InvariantCulture, $"{average} 0 0 1/1 1\n"));
        File.WriteAllText(Path.Combine(_root.Path, "proc", "stat"), $"cpu {_busy} 0 0 {_idle} 0 0 0 0 0 0\ncpu0 {_busy} 0 0 {_idle} 0 0 0 0 0 0\n");
        return watch.Look();
    }
}
