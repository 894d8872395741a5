using RtpProxy.Relay.Events;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <content>Prompts (media rules, section 6).</content>
public sealed partial class RelayWorker
{
    private const int MaxPlayedPerTurn = 128; // they are only sent, not received: half a millisecond

    private readonly PlayerSchedule _players = new();

    /// <summary>Plays a prompt to a party, in place of another one, from now or as soon as the party can be reached.</summary>
    internal void StartPlayer(Leg listener, Prompt prompt, int milliseconds, int rounds, Instant now)
    {
        StopPlayer(listener);
        var player = new Player(listener, prompt, milliseconds, rounds, World.Random);
        listener.Player = player;
        Statistics.Count(RelayCounter.PlayersCreated);
        World.Events.On(new RelayEvent.PlayerStarted(
            listener, rounds, player.PromptName, player.PayloadType, player.Ssrc, player.NextSequence));
        WakePlayer(listener, now);
    }

    /// <summary>Ends what is being played to a party, or is about to be, if anything is.</summary>
    internal void StopPlayer(Leg listener)
    {
        listener.PendingPlay = null;
        if (listener.Player is not null)
        {
            DiscardPlayer(listener);
            World.Events.On(new RelayEvent.PlayerEnded(listener, IsFinished: false));
        }
    }

    /// <summary>A port was opened or an address became known: a player that waited for it starts.</summary>
    internal void WakePlayer(Leg listener, Instant now)
    {
        if (listener.Player is { IsWaiting: true } player
            && listener.Session.IsComplete
            && listener.Ports is not null
            && listener.Rtp.Remote.IsKnown)
        {
            _players.Start(player, now);
        }
    }

    /// <summary>Without a word: the session is ending.</summary>
    private void DiscardPlayer(Leg listener)
    {
        if (listener.Player is { } player)
        {
            player.IsStopped = true;
            listener.Player = null;
            Statistics.Count(RelayCounter.PlayersDestroyed);
        }
    }

    private void RunPlayers<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Instant now = arrival.Now;
        for (int i = 0; i < MaxPlayedPerTurn && _players.TryTakeDue(now, out Player? player); i++)
        {
            int length = player.WriteNext(_scratch);
            if (length == 0)
            {
                Leg listener = player.Listener;
                DiscardPlayer(listener);
                World.Events.On(new RelayEvent.PlayerEnded(listener, IsFinished: true));
                continue;
            }

            SendPlayed(player.Listener, _scratch.AsSpan(0, length), arrival, ref sink);
            _players.Continue(player, now);
        }
    }

    /// <summary>A packet of a player goes the way of one from the other party, from the observers on; it is not recorded.</summary>
    private void SendPlayed<TSink>(Leg listener, ReadOnlySpan<byte> datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Endpoint ourselves = LocalOf(listener.Rtp, default);
        FollowSignalled(listener, arrival.Now);
        SendForks(listener.Rtp, ourselves, datagram, arrival, ref sink);
        listener.Session.Opposite(listener).Timer.Restart();
        if (TryTransmit(listener.Rtp, ourselves, datagram, ref sink, out _))
        {
            Statistics.Count(RelayCounter.PacketsPlayed);
        }
    }
}
