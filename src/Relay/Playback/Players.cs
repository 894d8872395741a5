using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Playback;

/// <summary>Prompts (media rules, section 6).</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class Players(
    Random random,
    PendingWork pending,
    Forks forks,
    Transmitter transmitter,
    RelayStatistics statistics,
    IEventSink events,
    SessionKeeping? keeping)
{
    private const int MaxPerTurn = 128; // they are only sent, not received: half a millisecond

    private readonly PlayerSchedule _schedule = new();
    private readonly byte[] _made = new byte[Datagram.BufferLength(PacketPool.MaxLength)]; // the packet being made

    /// <summary>When <see cref="Run"/> will have something to do; null when nothing plays.</summary>
    public Instant? NextDue => _schedule.NextDue;

    /// <summary>
    /// Plays a prompt to a party, in place of another one, from now or as soon as the party can be reached; unless a later command has
    /// begun or ended something meanwhile.
    /// </summary>
    /// <param name="found">The command that has brought the prompt.</param>
    public void Start(
        Leg listener, PendingId found, Prompt prompt, int milliseconds, int rounds, Instant now, PlayerExtent extent = default)
    {
        if (listener.LastPlay is { } last && found.Value <= last.Value)
        {
            return;
        }

        listener.LastPlay = found;
        End(listener);
        Diallers.Stop(listener.Session.Opposite(listener));
        var player = new Player(listener, prompt, milliseconds, rounds, extent, random);
        listener.Player = player;
        statistics.Count(RelayCounter.PlayersCreated);
        events.On(new RelayEvent.PlayerStarted(
            listener, rounds, player.PromptName, player.PayloadType, player.Ssrc, player.NextSequence));
        Wake(listener, now);
    }

    /// <summary>Ends what is being played to a party, or is about to be, if anything is.</summary>
    public void Stop(Leg listener)
    {
        listener.LastPlay = pending.Last;
        End(listener);
    }

    /// <summary>The session is ending: what is played ends without a word.</summary>
    public void OnSessionEnding(Leg listener) => Discard(listener);

    /// <summary>A port was opened or an address became known: a player that waited for it starts.</summary>
    public void Wake(Leg listener, Instant now)
    {
        if (listener.Player is { IsWaiting: true } player
            && listener.Session.IsComplete
            && listener.Ports is not null
            && listener.Rtp.Remote.IsKnown)
        {
            _schedule.Start(player, now);
        }
    }

    /// <summary>Goes on with what was played to a party; it ends when the prompt is gone.</summary>
    public void Resume(Leg listener, LegSnapshot snapshot, IInheritance inheritance)
    {
        if (snapshot.Player is not var (name, type, state))
        {
            return;
        }

        if (inheritance.FindPrompt(name, type.Value) is not { } prompt)
        {
            statistics.Count(RelayCounter.PlayersDestroyed);
            return;
        }

        listener.Player = new Player(listener, prompt, state);
        if (!state.IsWaiting)
        {
            _schedule.Resume(listener.Player);
        }
    }

    /// <summary>Sends what is due.</summary>
    public void Run<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        for (int i = 0; i < MaxPerTurn && _schedule.TryTakeDue(arrival.Now, out Player? player); i++)
        {
            keeping?.OnUnderWay(player.Listener.Session);
            int length = player.WriteNext(_made.AsSpan(Datagram.RoomBefore));
            if (length == 0)
            {
                Discard(player.Listener);
                events.On(new RelayEvent.PlayerEnded(player.Listener, IsFinished: true));
                continue;
            }

            Send(player.Listener, new Datagram(_made, length), arrival, ref sink);
            _schedule.Continue(player, arrival.Now);
        }
    }

    /// <summary>A packet of a player goes the way of one from the other party, from the observers on; it is not recorded.</summary>
    private void Send<TSink>(Leg listener, in Datagram datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Endpoint ourselves = listener.Rtp.LocalOf(default);
        RelayStream speaker = listener.Session.Opposite(listener).Rtp;
        var passage = new Passage(speaker, ourselves, datagram, arrival);
        listener.FollowSignalled(arrival.Now);
        forks.Send(passage, ref sink);
        speaker.Leg.Timer.Restart();
        if (transmitter.TrySend(passage, ref sink, out _))
        {
            statistics.Count(RelayCounter.PacketsPlayed);
        }
    }

    private void End(Leg listener)
    {
        if (listener.Player is not null)
        {
            Discard(listener);
            events.On(new RelayEvent.PlayerEnded(listener, IsFinished: false));
        }
    }

    private void Discard(Leg listener)
    {
        if (listener.Player is { } player)
        {
            player.IsStopped = true;
            listener.Player = null;
            statistics.Count(RelayCounter.PlayersDestroyed);
        }
    }
}
