using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using RtpProxy.Hosting;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Tests.ControlEndpoints;
using RtpProxy.Media.Recording;

namespace RtpProxy.Io.Tests.Keeping;

/// <summary>One relay after another at the same keeper, with calls on real sockets that go on.</summary>
public sealed class HandOverTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StandInKeeper _keeper = new();

    public void Dispose() => _keeper.Dispose();

    [Fact]
    public async Task Calls_go_on_in_the_next_relay_and_no_packet_is_lost()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using var calls = new Calls();
        for (int i = 0; i < 8; i++)
        {
            calls.Add(await KeptCall.SetUpAsync(first, $"call{i}"));
        }

        calls.Each(call => call.Speak(3));
        calls.Each(call => call.HearAll(3));
        await using KeptRelay second = KeptRelay.Make(_keeper, RelayStart.Upgrade);
        second.Fault.ShouldBeNull();

        calls.Each(call => call.Speak(2)); // the first one goes on meanwhile
        calls.Each(call => call.HearAll(2));
        (await first.Host.FreezeAsync(Patience)).ShouldBeTrue();
        calls.Each(call => call.Speak(5)); // waits in the kernel
        await second.StartAsync();
        await first.Host.StopAsync(handedOver: true);

        calls.Each(call => call.HearAll(5));
        calls.Each(call => call.Speak());
        calls.Each(call => call.HearAll());
        second.Host.SessionCount.ShouldBe(8);
        (await second.AskAsync("Q call3 a b")).ShouldContain(" 11 11 22 0");
        (await second.AskAsync("X")).ShouldBe("0\n");
        second.Host.SessionCount.ShouldBe(0);
        await EventuallyAsync(() => _keeper.Names.All(name => !name.StartsWith("media", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 3)]
    [InlineData(2, 2)]
    public async Task Whatever_the_next_relay_has_read_before_it_goes_on_from_what_was_written_last(int looksBefore, int looksAfter)
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using var calls = new Calls();
        for (int i = 0; i < 6; i++)
        {
            calls.Add(await KeptCall.SetUpAsync(first, $"call{i}"));
        }

        await using KeptRelay second = KeptRelay.Make(_keeper, RelayStart.Upgrade);
        for (int look = 0; look < looksBefore; look++)
        {
            calls.Each(call => call.Speak());
            calls.Each(call => call.HearAll());
            await first.AskAsync($"Q call{look} a b"); // after a command a session is written
            second.Host.LookAhead();
        }

        calls.Each(call => call.Speak(2));
        calls.Each(call => call.HearAll(2));
        (await first.Host.FreezeAsync(Patience)).ShouldBeTrue();
        bool[] news = [.. Enumerable.Range(0, looksAfter).Select(_ => second.Host.LookAhead())];
        await second.StartAsync();
        await first.Host.StopAsync(handedOver: true);

        news.ShouldBe(Enumerable.Range(0, looksAfter).Select(look => look == 0)); // all was new once
        int spoken = looksBefore + 2;
        for (int i = 0; i < 6; i++)
        {
            (await second.AskAsync($"Q call{i} a b")).ShouldContain($" {spoken} {spoken} {2 * spoken} 0");
        }

        calls.Each(call => call.Speak());
        calls.Each(call => call.HearAll());
    }

    [Fact]
    public async Task A_session_made_while_the_next_relay_prepares_goes_on_in_it_and_one_that_ended_meanwhile_does_not()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using KeptCall early = await KeptCall.SetUpAsync(first, "early");
        using KeptCall gone = await KeptCall.SetUpAsync(first, "gone");
        Legacies legacies = _keeper.PassOn();
        string[] known = [.. legacies.Names];
        await using KeptRelay second = KeptRelay.Make(_keeper, RelayStart.Upgrade, legacies);
        using KeptCall late = await KeptCall.SetUpAsync(first, "late");
        await first.AskAsync("D gone a b");
        (await first.Host.FreezeAsync(Patience)).ShouldBeTrue();
        _keeper.PassOn(legacies, except: known);
        await second.StartAsync();
        await first.Host.StopAsync(handedOver: true);

        foreach (KeptCall call in (KeptCall[])[early, late])
        {
            call.Speak();
            call.HearAll();
        }

        second.Host.SessionCount.ShouldBe(2);
        gone.Speak();
        await EventuallyAsync(() => IsFree(gone.ForCallee) && IsFree(gone.ForCaller));
    }

    [Fact]
    public async Task A_relay_that_is_thawed_goes_on_as_if_nothing_had_been_asked()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        (await first.Host.FreezeAsync(Patience)).ShouldBeTrue();
        call.Speak(2);

        // The next one begins to write to the memory, and dies of it.
        await using (KeptRelay second = KeptRelay.Make(_keeper, RelayStart.Upgrade))
        {
            await second.StartAsync();
            await second.Host.FreezeAsync(Patience);
            await second.Host.StopAsync(handedOver: true);
        }

        call.Speak(2);
        first.Host.Thaw();
        (await first.AskAsync("Uc0 call 127.0.0.1 4000 a b")).ShouldStartWith($"{call.ForCallee} ");
        using KeptCall other = await KeptCall.SetUpAsync(first, "other");
        other.Speak();
        other.HearAll();
        await using KeptRelay third = await TakeOverAsync(first);
        third.Host.SessionCount.ShouldBe(2);
        other.Speak();
        other.HearAll();
    }

    [Fact]
    public async Task Calls_go_on_after_a_death_from_what_was_promised_last()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First, options => options with { Workers = 1 });
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        call.Speak(4);
        call.HearAll(4);
        using KeptCall last = await KeptCall.SetUpAsync(first, "last");
        await StallAsync(first, "last", last);

        call.Speak(3);
        last.Speak();
        await using KeptRelay second = await KeptRelay.StartAsync(_keeper, RelayStart.AfterDeath);
        call.HearAll(3);
        last.HearAll();
        second.Host.SessionCount.ShouldBe(2);
        (await second.AskAsync("Q last a b")).ShouldContain(" 1 1 2 0");
        (await second.AskAsync("D call a b")).ShouldBe("0\n");
    }

    [Fact]
    public async Task What_is_damaged_ends_and_the_others_go_on()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First, options => options with { Workers = 1 });
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        using KeptCall other = await KeptCall.SetUpAsync(first, "other");
        await StallAsync(first, "other", other);
        Damage(owner: 1);

        await using KeptRelay second = await KeptRelay.StartAsync(_keeper, RelayStart.AfterDeath);
        second.Host.SessionCount.ShouldBe(1);
        other.Speak();
        other.HearAll();
        second.Logger.Texts.ShouldContain("worker 0 cannot read 1 of the sessions that were kept: they end here");
    }

    [Fact]
    public async Task A_relay_that_dies_again_and_again_gives_the_call_up_that_it_was_about()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First, options => options with { Workers = 1 });
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        using KeptCall deadly = await KeptCall.SetUpAsync(first, "deadly");
        var relays = new List<KeptRelay> { first };
        for (int deaths = 1; deaths <= 5; deaths++)
        {
            await StallAsync(relays[^1], "deadly", deadly);
            relays.Add(await KeptRelay.StartAsync(_keeper, RelayStart.AfterDeath));
            relays[^1].Host.SessionCount.ShouldBe(deaths < 5 ? 2 : 1);
        }

        relays[^1].Logger.Texts.ShouldContain(
            "deadly: the session is given up, since it may be what 5 processes died of within a minute");
        call.Speak();
        call.HearAll();
        await StallAsync(relays[^1], "call", call);
        relays.Add(await KeptRelay.StartAsync(_keeper, RelayStart.AfterDeath));
        relays[^1].Host.SessionCount.ShouldBe(0);
        for (int i = relays.Count - 1; i > 0; i--)
        {
            await relays[i].DisposeAsync();
        }
    }

    [Fact]
    public async Task An_upgrade_from_another_version_is_refused_before_the_old_relay_stands_still()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        using (SlotMemory memory = OpenMemory())
        {
            memory.BytesAt(12, 1)[0]++; // the version of what is kept
            await using KeptRelay second = KeptRelay.Make(_keeper, RelayStart.Upgrade);
            second.Fault.ShouldNotBeNull().ShouldStartWith("sessions have been kept as of version ");
            memory.BytesAt(12, 1)[0]--;
        }

        call.Speak();
        call.HearAll();
        await using KeptRelay third = await TakeOverAsync(first);
        third.Host.SessionCount.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_death_in_another_version_the_calls_are_lost_and_said_to_be()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        await first.Host.FreezeAsync(Patience);
        using (SlotMemory memory = OpenMemory())
        {
            memory.BytesAt(12, 1)[0]++;
        }

        await using KeptRelay second = await KeptRelay.StartAsync(_keeper, RelayStart.AfterDeath);
        second.Host.SessionCount.ShouldBe(0);
        second.Logger.Texts.ShouldContain(text => text.StartsWith("no session goes on where the process before this one was: ", StringComparison.Ordinal));
        await first.Host.StopAsync(handedOver: true);
        await first.DisposeAsync();
        using KeptCall other = await KeptCall.SetUpAsync(second, "other");
        await EventuallyAsync(() => IsFree(call.ForCallee));
        await using KeptRelay third = await TakeOverAsync(second);
        third.Host.SessionCount.ShouldBe(1);
    }

    [Fact]
    public async Task The_number_of_workers_stays_what_it_was()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First, options => options with { Workers = 3 });
        using var calls = new Calls();
        for (int i = 0; i < 6; i++)
        {
            calls.Add(await KeptCall.SetUpAsync(first, $"call{i}"));
        }

        await using KeptRelay second = await TakeOverAsync(first);
        second.Host.EngineCounters.Count.ShouldBe(3);
        second.Host.SessionCount.ShouldBe(6);
        calls.Each(call => call.Speak());
        calls.Each(call => call.HearAll());
    }

    [Fact]
    public async Task A_relay_that_ends_with_the_last_session_does_so_in_the_next_process_too()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        first.Host.BeginSlowShutdown();
        await using KeptRelay second = await TakeOverAsync(first);
        (await second.AskAsync("Uc0 other 127.0.0.1 4000 a")).ShouldStartWith("E");
        second.Host.Completion.IsCompleted.ShouldBeFalse();
        await second.AskAsync("D call a b");
        await second.Host.Completion.WaitAsync(Patience);
    }

    [Fact]
    public async Task One_that_is_told_so_before_it_has_the_sessions_waits_for_the_last_of_them()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        (await first.Host.FreezeAsync(Patience)).ShouldBeTrue();
        await using KeptRelay second = KeptRelay.Make(_keeper, RelayStart.Upgrade);
        second.Host.BeginSlowShutdown();

        (await Task.WhenAny(second.Host.Completion, Task.Delay(500))).ShouldNotBe(second.Host.Completion);

        await second.StartAsync();
        (await second.AskAsync("Uc0 other 127.0.0.1 4000 a")).ShouldStartWith("E");
        second.Host.Completion.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Commands_that_come_meanwhile_are_answered_late()
    {
        await using KeptRelay first = await KeptRelay.StartAsync(_keeper, RelayStart.First);
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        (await first.Host.FreezeAsync(Patience)).ShouldBeTrue();
        await first.Control.SendAsync("Q call a b\n");
        Task<string> reply = first.Control.ReadAsync();
        (await Task.WhenAny(reply, Task.Delay(200))).ShouldNotBe(reply);
        first.Host.Thaw();
        (await reply.WaitAsync(Patience)).ShouldEndWith("\n");
    }

    [Fact]
    public async Task The_next_relay_serves_the_same_control_socket_and_its_connections_whatever_its_path_is_called()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("rtpproxy-kept-\u00E9\u4E2D-");
        string path = $"{directory.FullName}/c.sock";
        await using KeptRelay first = KeptRelay.Make(_keeper, RelayStart.First, change: OnPath);
        first.Host.Start();
        using ControlClient control = await ControlClient.ConnectAsync(path);
        (await control.AskAsync("V\n")).ShouldBe("20040107\n");

        await using KeptRelay second = KeptRelay.Make(_keeper, RelayStart.Upgrade, change: OnPath);
        (await first.Host.FreezeAsync(Patience)).ShouldBeTrue();
        await using KeptRelay third = KeptRelay.Make(_keeper, RelayStart.Upgrade, change: OnPath); // has the connection too
        third.Fault.ShouldBeNull();
        third.Host.Start();
        await first.Host.StopAsync(handedOver: true);
        (await control.AskAsync("V\n")).ShouldBe("20040107\n");
        using ControlClient other = await ControlClient.ConnectAsync(path);
        (await other.AskAsync("V\n")).ShouldBe("20040107\n");
        await second.Host.StopAsync(handedOver: true);
        File.Exists(path).ShouldBeTrue();
        await third.Host.StopAsync();
        directory.Delete(recursive: true);

        RelayHostOptions OnPath(RelayHostOptions options) =>
            options with { ControlSockets = [ControlSocketText.Parse($"cunix:{path}")] };
    }

    [Fact]
    public async Task Prompts_go_on_where_they_were_and_recordings_are_appended_to()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("rtpproxy-kept-");
        await File.WriteAllBytesAsync($"{directory.FullName}/prompt.0", new byte[160 * 500]);
        await using KeptRelay first = await KeptRelay.StartAsync(
            _keeper, RelayStart.First, options => options with { RecordingDirectory = directory.FullName });
        using KeptCall call = await KeptCall.SetUpAsync(first, "call");
        (await first.AskAsync("R call a b")).ShouldBe("0\n");
        call.Speak(4);
        call.HearAll(4);
        (await first.AskAsync($"P call {directory.FullName}/prompt 0 a b")).ShouldBe("0\n");
        call.HearSomething();

        await using KeptRelay second = KeptRelay.Make(
            _keeper, RelayStart.Upgrade, change: options => options with { RecordingDirectory = directory.FullName });
        (await first.Host.FreezeAsync(Patience)).ShouldBeTrue();
        await second.StartAsync();
        await first.Host.StopAsync(handedOver: true);
        for (int i = 0; i < 50; i++)
        {
            call.HearSomething().ShouldBe(0);
        }

        (await second.AskAsync("S call a b")).ShouldBe("0\n");
        call.Speak(6);
        await EventuallyAsync(async () => (await second.AskAsync("Q call a b")).Contains(" 10 10 ", StringComparison.Ordinal));
        await second.AskAsync("D call a b");
        int bytes = 10 * (AdHocRecord.HeaderLength + 172);
        await EventuallyAsync(() => directory.GetFiles("call=a.o.rtp").Any(file => file.Length == bytes));
        directory.Delete(recursive: true);
    }

    private async Task<KeptRelay> TakeOverAsync(KeptRelay from)
    {
        KeptRelay next = KeptRelay.Make(_keeper, RelayStart.Upgrade);
        next.Fault.ShouldBeNull();
        (await from.Host.FreezeAsync(Patience)).ShouldBeTrue();
        await next.StartAsync();
        await from.Host.StopAsync(handedOver: true);
        return next;
    }

    /// <summary>Its worker stays for ever in a command about a call.</summary>
    private static async Task StallAsync(KeptRelay relay, string callId, KeptCall call)
    {
        relay.Logger.StallsAt = $"lookup on ports {call.ForCallee}/{call.ForCaller}";
        await relay.Control.SendAsync($"Uc0 {callId} 127.0.0.1 4000 a b\n");
        relay.Logger.AwaitStall();
    }

    private SlotMemory OpenMemory()
    {
        using Legacies legacies = _keeper.PassOn();
        SlotMemory? memory = SlotMemory.TryOpen(legacies, _ => "", out string fault);
        fault.ShouldBeEmpty();
        return memory!;
    }

    private void Damage(long owner)
    {
        using SlotMemory memory = OpenMemory();
        for (FoundSlot? found = Find(); found is { } slot; found = Find())
        {
            ReadOnlySpan<byte> bytes = memory[0].Read(slot);
            MemoryMarshal.GetReference(bytes)++;
        }

        FoundSlot? Find() => memory[0].Find(out _).Select(slot => (FoundSlot?)slot).FirstOrDefault(slot => slot!.Value.Owner == owner);
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(10, timeout.Token);
        }
    }

    private sealed class Calls : IDisposable
    {
        private readonly List<KeptCall> _calls = [];

        public void Add(KeptCall call) => _calls.Add(call);

        public void Each(Action<KeptCall> action) => _calls.ForEach(action);

        public void Dispose() => _calls.ForEach(call => call.Dispose());
    }
}
