using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;

namespace RtpProxy.Relay.Forwarding;

/// <summary>
/// Copies of a session's media through another session: of all of it, through one that another worker may own; and of what one party
/// sends, through a media line of a subscriber of the same call.
/// </summary>
/// <param name="index">Of the worker.</param>
internal sealed class Forks(
    int index,
    SessionTable sessions,
    PendingWork pending,
    Recorders recorders,
    DigitListener digits,
    Transmitter transmitter,
    IWorkerLinks links,
    SessionKeeping? keeping)
{
    /// <summary>From now on <see cref="Fork.Source"/>, a session of this worker, is copied, in a place kept for that or in that of the same target.</summary>
    public void OnStarted(in Fork fork)
    {
        if (sessions.Find(fork.Source) is { } source)
        {
            keeping?.OnChanged(source);
            if (source.AddFork(fork))
            {
                pending.ReleaseForkPlace(source.Id);
            }
        }
        else
        {
            TellTarget(fork);
        }
    }

    /// <summary>The target of a fork is gone.</summary>
    public void OnEnded(in Fork fork)
    {
        if (sessions.Find(fork.Source) is { } source)
        {
            keeping?.OnChanged(source);
            source.RemoveFork(fork);
        }
    }

    /// <summary>A fork for which a session of this worker kept a place does not begin.</summary>
    public void OnReleased(in SessionId source) => pending.ReleaseForkPlace(source);

    /// <summary>The source of a fork is gone: <see cref="Fork.Target"/>, a session of this worker, hears its own parties again.</summary>
    public void OnSourceEnded(in Fork fork)
    {
        if (sessions.Find(fork.Target) is { CarriedFork: { } carried } target && carried.Source == fork.Source)
        {
            keeping?.OnChanged(target);
            target.CarriedFork = null;
        }
    }

    /// <summary>A copy from a session of another worker, to be sent through a session of this one.</summary>
    public void OnForked<TSink>(in ForkedPacket packet, in Datagram datagram, ref TSink sink)
        where TSink : IPacketSink, allows ref struct => Carry(packet, datagram, ref sink);

    /// <summary>A place kept for a fork is not needed.</summary>
    public void Release(in SessionId source)
    {
        if (source.Worker == index)
        {
            OnReleased(source);
        }
        else
        {
            links.Release(source);
        }
    }

    public void Start(in Fork fork, Session target)
    {
        End(target);
        Turn(fork, target);
    }

    /// <summary>The source that a session carries is heard the other way round.</summary>
    public void Turn(in Fork fork, Session target)
    {
        target.CarriedFork = fork;
        if (fork.Source.Worker == index)
        {
            OnStarted(fork);
        }
        else
        {
            links.Start(fork);
        }
    }

    /// <summary>The session carries no copy any more.</summary>
    public void End(Session target)
    {
        if (target.CarriedFork is not { } fork)
        {
            return;
        }

        target.CarriedFork = null;
        if (fork.Source.Worker == index)
        {
            OnEnded(fork);
        }
        else
        {
            links.End(fork);
        }
    }

    /// <summary>The session is gone; those that carry its media have none to carry any more.</summary>
    public void EndAllOf(Session source)
    {
        foreach (Fork fork in source.Forks)
        {
            TellTarget(fork);
        }
    }

    /// <summary>
    /// Sends a packet for the other party also through the sessions that carry a copy of what that party is sent. Not counted as
    /// relayed.
    /// </summary>
    public void Send<TSink>(in Passage passage, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Leg speaker = passage.Stream.Leg;
        foreach (Fork fork in speaker.Session.Forks)
        {
            var packet = new ForkedPacket(fork, speaker.Side.Opposite(), passage.Stream.Kind, passage.Source, passage.Arrival);
            if (fork.Target.Worker == index)
            {
                Carry(packet, passage.Datagram, ref sink);
            }
            else
            {
                links.Forward(packet, passage.Bytes);
            }
        }

        foreach (Leg hearer in speaker.Hearers)
        {
            SendTo(hearer, passage, ref sink);
        }
    }

    /// <summary>
    /// To a subscriber, counted as sent to it. It is where its controller says, also on this machine, as with a copy that a controller
    /// asks for; so the packet counts as ours.
    /// </summary>
    private void SendTo<TSink>(Leg hearer, in Passage passage, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        RelayStream stream = hearer.Session.Opposite(hearer)[passage.Stream.Kind];
        var copy = new Passage(stream, stream.Onward.LocalOf(default), passage.Datagram, passage.Arrival);
        if ((hearer.Gates & MediaGates.Toward) == 0 && transmitter.TrySend(copy, ref sink, out _))
        {
            stream.Relayed++;
        }
    }

    private void TellTarget(in Fork fork)
    {
        if (fork.Target.Worker == index)
        {
            OnSourceEnded(fork);
        }
        else
        {
            links.SourceEnded(fork);
        }
    }

    /// <summary>
    /// A copy goes the way of a packet of the target's other party, from the observers on (media rules, section 3.7); it
    /// is not forked again, so that sessions forked into each other end nowhere in a circle.
    /// </summary>
    private void Carry<TSink>(in ForkedPacket packet, in Datagram datagram, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        if (sessions.Find(packet.Fork.Target) is not { IsComplete: true } target)
        {
            return;
        }

        Leg listener = target[packet.Fork.TowardFor(packet.Listener)];
        Leg speaker = target.Opposite(listener);
        var passage = new Passage(speaker[packet.Kind], packet.Source, datagram, packet.Arrival);
        listener.FollowSignalled(packet.Arrival.Now);
        if (listener.Player is null || packet.Kind == StreamKind.Rtcp)
        {
            recorders.Observe(passage, ref sink);
        }

        if (digits.Hides(passage))
        {
            return;
        }

        speaker.Timer.Restart();
        transmitter.TrySend(passage, ref sink, out _);
    }
}
