using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>What is played to parties of a call (docs/ng.md, what is played).</summary>
public sealed class PlayedCalls
{
    private const int SamplesPerPacket = 80;

    private static readonly PartyChoice OfAlice = new("a");

    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;
    private readonly byte[] _frames = new byte[1600];

    public PlayedCalls()
    {
        _call = new WholeCall(_relay);
        _call.SetUp();
        for (int i = 0; i < _frames.Length; i++)
        {
            _frames[i] = (byte)(i / SamplesPerPacket);
        }

        _relay.Prompts.Files[("welcome", 0)] = _frames;
        _relay.Prompts.Converted[("tone.wav", 0)] = (_frames, 44_100);
    }

    [Theory]
    [InlineData("welcome")]
    [InlineData("tone.wav")]
    public void A_prompt_or_a_WAV_file_is_heard_once_and_its_length_is_told(string name)
    {
        CallPlayOperation play = Play(new CallPlayRequest(name, 1));

        play.Refusal.ShouldBe(Refusal.None);
        play.Milliseconds.ShouldBe(200);
        Heard(0.5).ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public void A_prompt_that_was_made_before_goes_before_what_is_made_of_a_WAV_file()
    {
        _relay.Prompts.Converted[("welcome", 0)] = (new byte[800], 8_000);

        Play(new CallPlayRequest("welcome", 1)).Milliseconds.ShouldBe(200);
    }

    [Theory]
    [InlineData("welcome", 400, 5)]
    [InlineData("tone.wav", 2205, 5)]
    [InlineData("tone.wav", 0, 0)]
    [InlineData("tone.wav", 8819, 20)]
    public void It_begins_at_a_sample_of_the_file_in_the_first_round(string name, long sample, int packet)
    {
        Play(new CallPlayRequest(name, 2) { StartSample = sample }).Refusal.ShouldBe(Refusal.None);

        Heard(1).ShouldBe([.. Enumerable.Range(packet, 20 - packet), .. Enumerable.Range(0, 20)]);
    }

    [Theory]
    [InlineData(8820)]
    [InlineData(long.MaxValue)]
    public void A_sample_behind_the_end_is_refused(long sample)
    {
        Play(new CallPlayRequest("tone.wav", 2) { StartSample = sample }).Refusal.ShouldBe(Refusal.NoPrompt);

        Heard(0.5).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tone.wav", 8820, Refusal.NoPrompt)]
    [InlineData("nothing", 0, Refusal.NoPrompt)]
    public void What_is_refused_does_not_end_what_plays(string name, long sample, Refusal refusal)
    {
        Play(new CallPlayRequest("welcome", 1));
        Heard(0.045).Count.ShouldBe(5);

        Play(new CallPlayRequest(name, 1) { StartSample = sample }).Refusal.ShouldBe(refusal);

        Heard(0.5).ShouldBe(Enumerable.Range(5, 15));
    }

    [Fact]
    public void What_is_refused_does_not_end_what_was_asked_for_before_and_is_still_looked_for()
    {
        CallPlayOperation first = Begin(new CallPlayRequest("welcome", 1));
        Play(new CallPlayRequest("nothing", 1)).Refusal.ShouldBe(Refusal.NoPrompt);
        _relay.Ask(first).Refusal.ShouldBe(Refusal.None);

        Heard(0.5).ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public void Of_two_prompts_that_are_looked_for_the_one_that_was_asked_for_later_is_heard()
    {
        CallPlayOperation first = Begin(new CallPlayRequest("welcome", 1));
        Play(new CallPlayRequest("tone.wav", 1) { StartSample = 8379 }).Refusal.ShouldBe(Refusal.None);
        _relay.Ask(first).Refusal.ShouldBe(Refusal.None);

        Heard(0.5).ShouldBe([19]);
    }

    [Fact]
    public void A_prompt_that_is_still_looked_for_is_not_heard_after_a_stop()
    {
        CallPlayOperation play = Begin(new CallPlayRequest("welcome", 1));
        Play(null);
        _relay.Ask(play).Refusal.ShouldBe(Refusal.None);

        Heard(0.5).ShouldBeEmpty();
    }

    [Fact]
    public void What_plays_goes_on_until_there_is_something_else_to_hear()
    {
        Play(new CallPlayRequest("welcome", 1));
        Heard(0.045).Count.ShouldBe(5);

        CallPlayOperation play = Begin(new CallPlayRequest("welcome", 1));
        Heard(0.02).ShouldBe([5, 6]);
        _relay.Ask(play).Refusal.ShouldBe(Refusal.None);

        Heard(0.5).ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public void Prompts_are_counted_anew_in_another_process()
    {
        var options = new VirtualRelayOptions { RestartsAfterEveryStep = false }; // two relays have the same ports
        var first = new VirtualRelay(options);
        new WholeCall(first).SetUp();
        for (int i = 0; i < 3; i++)
        {
            first.Ask(first.Operations.PlayToCall("call", OfAlice, new CallPlayRequest("", 1) { File = _frames }));
        }

        (byte[][] workers, byte[][] sessions) = first.TakeSnapshots();
        var second = new VirtualRelay(options);
        second.Restart(workers, sessions).ShouldBe(0, "sessions that do not go on");

        second.Ask(second.Operations.PlayToCall("call", OfAlice, new CallPlayRequest("", 1) { File = _frames })).Refusal.ShouldBe(Refusal.None);
        second.AdvanceSeconds(0.5).Count.ShouldBe(20);
    }

    [Fact]
    public void Where_it_was_ended_is_told_in_samples_of_the_file()
    {
        Play(new CallPlayRequest("tone.wav", 1));
        Heard(0.045).Count.ShouldBe(5);

        Play(null).NextSample.ShouldBe(2205);
        Play(null).NextSample.ShouldBeNull("nothing was playing");
        Play(new CallPlayRequest("tone.wav", 1) { StartSample = 2205 });
        Heard(0.5)[0].ShouldBe(5);
    }

    [Theory]
    [InlineData(-1, 450, 45)]
    [InlineData(1, 450, 20)]
    [InlineData(5, 445, 45)]
    [InlineData(5, 1, 1)]
    public void It_ends_with_its_rounds_or_its_time_whichever_is_first(int rounds, int milliseconds, int packets)
    {
        Play(new CallPlayRequest("tone.wav", rounds) { MaxMilliseconds = milliseconds });

        Heard(2).Count.ShouldBe(packets);
        Play(null).NextSample.ShouldBeNull("it has ended");
    }

    [Fact]
    public void A_file_that_came_with_the_command_is_heard()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions { RestartsAfterEveryStep = false });
        new WholeCall(relay).SetUp();

        CallPlayOperation play = relay.Ask(relay.Operations.PlayToCall("call", OfAlice, new CallPlayRequest("", 1) { File = _frames }));

        play.Milliseconds.ShouldBe(200);
        relay.AdvanceSeconds(0.5).Count.ShouldBe(20);
    }

    [Fact]
    public void A_file_that_came_with_the_command_ends_with_the_process_and_the_call_does_not()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions { RestartsAfterEveryStep = true });
        var call = new WholeCall(relay);
        (int forBob, _) = call.SetUp();
        relay.Ask(relay.Operations.PlayToCall("call", OfAlice, new CallPlayRequest("", 1) { File = _frames })).Refusal.ShouldBe(Refusal.None);

        relay.AdvanceSeconds(0.5).Count.ShouldBeLessThan(20);
        call.Send(Bob, forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void The_longest_end_is_an_end_like_others()
    {
        Play(new CallPlayRequest("tone.wav", 2) { MaxMilliseconds = int.MaxValue }).Refusal.ShouldBe(Refusal.None);

        (byte[][] workers, byte[][] sessions) = _relay.TakeSnapshots();
        _relay.Restart(workers, sessions).ShouldBe(0, "sessions that do not go on");
        Heard(1).Count.ShouldBe(40);
    }

    /// <summary>Takes a command as far as the search for its prompt.</summary>
    private CallPlayOperation Begin(CallPlayRequest request)
    {
        CallPlayOperation play = _relay.Operations.PlayToCall("call", OfAlice, request);
        while (play.Next == OperationPlace.OnWorker)
        {
            play.RunOnWorker(_relay.Workers[play.Worker], _relay.Now);
        }

        return play;
    }

    private CallPlayOperation Play(CallPlayRequest? request) => _relay.Ask(_relay.Operations.PlayToCall("call", OfAlice, request));

    /// <summary>The packets that Alice hears, by their number in the prompt.</summary>
    private List<int> Heard(double seconds) =>
        [.. _relay.AdvanceSeconds(seconds).Where(sent => sent.To == Alice).Select(sent => (int)sent.Bytes[12])];
}
