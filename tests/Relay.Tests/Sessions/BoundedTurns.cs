using System.Text;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Operations;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>However many sessions end at once, a turn of the worker is short, and media is served between turns.</summary>
public sealed class BoundedTurns
{
    private const int Calls = 4_800;
    private const int MostInATurn = 32;

    private readonly VirtualRelay _relay = new(new RelayOptions());

    private RelayWorker Worker => _relay.Workers[0];

    [Fact]
    public void Thousands_that_time_out_in_one_tick_end_a_few_at_a_time()
    {
        Fill();
        var call = new Call(_relay, "live");
        for (int second = 0; second < 60; second++)
        {
            call.AliceSpeaks(second).ShouldBe(Bob);
            if (_relay.SessionCount > Calls)
            {
                _relay.AdvanceSeconds(1);
            }
        }

        _relay.SessionCount.ShouldBe(Calls + 1);
        var sink = new CountingSink();
        var due = new Arrival(_relay.Now + TimeSpan.FromSeconds(1));
        int turns = 0;
        int heard = 0;
        for (int before = Worker.SessionCount; Worker.NextDeadline <= due.Now; before = Worker.SessionCount, turns++)
        {
            Worker.OnDeadline(due, ref sink);
            (before - Worker.SessionCount).ShouldBeLessThanOrEqualTo(MostInATurn);
            heard += call.AliceSpeaks(100 + turns) == Bob ? 1 : 0;
        }

        Worker.SessionCount.ShouldBe(1);
        turns.ShouldBeGreaterThanOrEqualTo(Calls / MostInATurn);
        heard.ShouldBe(turns);
        _relay.Command("G nsess_timeout").ShouldBe($"{Calls}");
    }

    [Fact]
    public void Thousands_that_are_deleted_by_one_command_end_a_few_at_a_time()
    {
        var call = new Call(_relay, "live"); // the oldest goes last
        Fill();
        CommandRun run = _relay.Control.Begin("X"u8, default, default);
        _relay.Port("U later 192.0.2.10 40000 alice");
        int visits = 0;
        for (int before = Worker.SessionCount; run.Next != OperationPlace.Finished; before = Worker.SessionCount, visits++)
        {
            run.RunOnWorker(Worker, _relay.Now);
            (before - Worker.SessionCount).ShouldBeLessThanOrEqualTo(MostInATurn);
            if (Worker.SessionCount > 1000)
            {
                call.BobSpeaks(visits).ShouldBe(Alice);
            }
        }

        Encoding.Latin1.GetString(run.Reply.Span).ShouldBe("0\n");
        Worker.SessionCount.ShouldBe(1, "sessions of later commands stay");
        visits.ShouldBeGreaterThanOrEqualTo(Calls / MostInATurn);
    }

    [Fact]
    public void A_session_ages_by_a_second_in_a_tick_whatever_comes_and_goes_between_its_turns()
    {
        Fill();
        _relay.Port("U new 192.0.2.10 40000 alice");
        var sink = new CountingSink();

        // Sixty ticks for the calls, and in the turns of each of them calls go, so that the last ones take their places.
        for (int tick = 1, gone = 0; tick <= 60; tick++)
        {
            var due = new Arrival(_relay.Now + TimeSpan.FromSeconds(tick));
            while (Worker.NextDeadline <= due.Now)
            {
                Worker.OnDeadline(due, ref sink);
                _relay.Command($"D c{gone++} alice").ShouldBe("0");
            }

            Worker.SessionCount.ShouldBe(Calls + 1 - gone);
        }
    }

    [Fact]
    public void Players_that_are_all_due_at_once_are_spread_over_turns()
    {
        _relay.Prompts.Files[("music", 0)] = new byte[80];
        for (int i = 0; i < 1000; i++)
        {
            _ = new Call(_relay, $"c{i}");
            _relay.Command($"P-1 c{i} music 0 alice bob").ShouldBe("0");
        }

        var sink = new CountingSink();
        var now = new Arrival(_relay.Now + TimeSpan.FromMilliseconds(1));
        for (int before = 0; Worker.NextDeadline <= now.Now; before = sink.Sent)
        {
            Worker.OnDeadline(now, ref sink);
            (sink.Sent - before).ShouldBeLessThanOrEqualTo(128);
        }

        sink.Sent.ShouldBe(1000);
    }

    private void Fill()
    {
        for (int i = 0; i < Calls; i++)
        {
            _relay.Port($"U c{i} 192.0.2.10 40000 alice");
        }
    }
}
