using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Journal;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Io.Tests.Journal;

public sealed class RepeatedFaultsTests
{
    private readonly RecordingLogger _inner = new();
    private readonly ManualTime _time = new();

    [Fact]
    public void A_fault_that_repeats_is_one_line_and_its_count()
    {
        var log = new RepeatedFaults(_inner, TimeSpan.FromHours(1), _time);
        for (int i = 0; i < 96; i++)
        {
            Hosting.Log.PortsUnavailable(log, $"call{i}", "192.0.2.1", "every port pair of the range is in use");
        }

        _time.Advance(TimeSpan.FromMilliseconds(900));
        log.Tell(all: true);
        log.Tell(all: true);

        _inner.Texts.ShouldBe(
        [
            "can't create listener on 192.0.2.1: every port pair of the range is in use",
            "95 times again in 1 seconds: can't create listener on 192.0.2.1: every port pair of the range is in use",
        ]);
        _inner.Lines.ShouldAllBe(line => line.Level == LogLevel.Error);
    }

    [Fact]
    public void The_count_is_told_when_the_interval_is_over_and_the_fault_is_new_then()
    {
        var log = new RepeatedFaults(_inner, TimeSpan.FromSeconds(10), _time);
        Io.Net.Log.AcceptFailed(log, "s", "x");
        _time.Advance(TimeSpan.FromSeconds(9));
        Io.Net.Log.AcceptFailed(log, "s", "x");
        log.Tell();
        _inner.Lines.Count.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(1));
        log.Tell();
        Io.Net.Log.AcceptFailed(log, "s", "x");

        _inner.Texts.ShouldBe(["can't accept connections on s: x", "1 times again in 10 seconds: can't accept connections on s: x", "can't accept connections on s: x"]);
    }

    [Fact]
    public void Other_reasons_and_other_messages_are_other_faults()
    {
        var log = new RepeatedFaults(_inner, TimeSpan.FromHours(1), _time);

        Io.Net.Log.AcceptFailed(log, "one", "x");
        Io.Net.Log.AcceptFailed(log, "other", "x");
        Io.Net.Log.AcceptFailed(log, "one", "y");
        Io.Net.Log.ControlReceiveFailed(log, "one", "x");

        _inner.Lines.Count.ShouldBe(4);
    }

    [Fact]
    public void Reasons_that_a_peer_makes_up_are_not_told_without_end()
    {
        var log = new RepeatedFaults(_inner, TimeSpan.FromHours(1), _time);
        for (int i = 0; i < 1000; i++)
        {
            Hosting.Log.RecordingFailed(log, "call", $"no host {i}");
        }

        _inner.Lines.Count.ShouldBeInRange(2, 9);
        log.Tell(all: true);
        _inner.Lines.Count.ShouldBeInRange(3, 10);
    }

    [Fact]
    public void What_befalls_a_stream_without_a_reason_is_told_of_each_call()
    {
        var log = new RepeatedFaults(_inner, TimeSpan.FromHours(1), _time);
        for (int i = 0; i < 20; i++)
        {
            for (int repeat = 0; repeat < 3; repeat++)
            {
                Hosting.Log.PacketCircling(log, $"call{i}", "caller", "RTP", $"192.0.2.1:{4000 + repeat}");
                Hosting.Log.StrangerDisplaced(log, $"call{i}", "caller", "RTP", $"192.0.2.1:{4000 + repeat}");
            }
        }

        _inner.Lines.Count.ShouldBe(40);
    }

    [Fact]
    public void Calls_are_not_told_without_end()
    {
        var log = new RepeatedFaults(_inner, TimeSpan.FromHours(1), _time);
        for (int i = 0; i < 10_000; i++)
        {
            Hosting.Log.PacketCircling(log, $"call{i}", "caller", "RTP", "192.0.2.1:4000");
        }

        _inner.Lines.Count.ShouldBeInRange(40, 100);
        log.Tell(all: true);
        _inner.Lines.Count.ShouldBeInRange(41, 101);
    }

    [Fact]
    public void Defects_of_other_kinds_are_other_faults()
    {
        var log = new RepeatedFaults(_inner, TimeSpan.FromHours(1), _time);
        for (int i = 0; i < 5; i++)
        {
            Io.Net.Log.WorkerFault(log, i, new InvalidOperationException($"made up {i}"));
            Io.Net.Log.WorkerFault(log, i, new OverflowException($"made up {i}"));
        }

        _inner.Lines.Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_no_fault_is_told_every_time()
    {
        var log = new RepeatedFaults(_inner, TimeSpan.FromHours(1), _time);
        for (int i = 0; i < 10; i++)
        {
            Hosting.Log.SessionTimedOut(log, "call");
        }

        _inner.Lines.Count.ShouldBe(10);
    }
}
