using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <content>Copies of a session's media through another session, which another worker may own.</content>
public sealed partial class RelayWorker
{
    /// <summary>From now on <see cref="Fork.Source"/>, a session of this worker, is copied, in a place kept for that or in that of the same target.</summary>
    public void OnForkStarted(in Fork fork)
    {
        if (Sessions.Find(fork.Source) is { } source)
        {
            if (source.AddFork(fork))
            {
                World.Pending.ReleaseForkPlace(source.Id);
            }
        }
        else
        {
            TellTarget(fork);
        }
    }

    /// <summary>The target of a fork is gone.</summary>
    public void OnForkEnded(in Fork fork) => Sessions.Find(fork.Source)?.RemoveFork(fork);

    /// <summary>A fork for which a session of this worker kept a place does not begin.</summary>
    public void OnForkReleased(in SessionId source) => World.Pending.ReleaseForkPlace(source);

    /// <summary>The source of a fork is gone: <see cref="Fork.Target"/>, a session of this worker, hears its own parties again.</summary>
    public void OnForkSourceEnded(in Fork fork)
    {
        if (Sessions.Find(fork.Target) is { CarriedFork: { } carried } target && carried.Source == fork.Source)
        {
            target.CarriedFork = null;
        }
    }

    /// <summary>A copy from a session of another worker, to be sent through a session of this one.</summary>
    public void OnForked<TSink>(in ForkedPacket packet, in Datagram datagram, ref TSink sink)
        where TSink : IPacketSink, allows ref struct => Carry(packet, datagram.Bytes, ref sink);

    internal void ReleaseFork(in SessionId source)
    {
        if (source.Worker == Index)
        {
            OnForkReleased(source);
        }
        else
        {
            World.Links.Release(source);
        }
    }

    internal void StartFork(in Fork fork, Session target)
    {
        EndFork(target);
        TurnFork(fork, target);
    }

    /// <summary>The source that a session carries is heard the other way round.</summary>
    internal void TurnFork(in Fork fork, Session target)
    {
        target.CarriedFork = fork;
        if (fork.Source.Worker == Index)
        {
            OnForkStarted(fork);
        }
        else
        {
            World.Links.Start(fork);
        }
    }

    private void EndFork(Session target)
    {
        if (target.CarriedFork is not { } fork)
        {
            return;
        }

        target.CarriedFork = null;
        if (fork.Source.Worker == Index)
        {
            OnForkEnded(fork);
        }
        else
        {
            World.Links.End(fork);
        }
    }

    /// <summary>The session is gone; those that carry its media have none to carry any more.</summary>
    private void EndForksOf(Session source)
    {
        foreach (Fork fork in source.Forks)
        {
            TellTarget(fork);
        }
    }

    private void TellTarget(in Fork fork)
    {
        if (fork.Target.Worker == Index)
        {
            OnForkSourceEnded(fork);
        }
        else
        {
            World.Links.SourceEnded(fork);
        }
    }

    /// <summary>Sends what <paramref name="listener"/> is sent through the sessions that carry a copy. Not counted as relayed.</summary>
    private void SendForks<TSink>(
        RelayStream listener, in Endpoint source, ReadOnlySpan<byte> datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        foreach (Fork fork in listener.Leg.Session.Forks)
        {
            var packet = new ForkedPacket(fork, listener.Leg.Side, listener.Kind, source, arrival);
            if (fork.Target.Worker == Index)
            {
                Carry(packet, datagram, ref sink);
            }
            else
            {
                World.Links.Forward(packet, datagram);
            }
        }
    }

    /// <summary>
    /// A copy goes the way of a packet of the target's other party, from the observers on (media rules, section 3.7); it
    /// is not forked again, so that sessions forked into each other end nowhere in a circle.
    /// </summary>
    private void Carry<TSink>(in ForkedPacket packet, ReadOnlySpan<byte> datagram, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        if (Sessions.Find(packet.Fork.Target) is not { IsComplete: true } target)
        {
            return;
        }

        Leg listener = target[packet.Fork.TowardFor(packet.Listener)];
        Leg speaker = target.Opposite(listener);
        FollowSignalled(listener, packet.Arrival.Now);
        if (listener.Player is null || packet.Kind == StreamKind.Rtcp)
        {
            Observe(speaker[packet.Kind], packet.Source, datagram, packet.Arrival, ref sink);
        }

        speaker.Timer.Restart();
        TryTransmit(listener[packet.Kind], packet.Source, datagram, ref sink, out _);
    }
}
