using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay;

/// <content>Copies of a session's media through another session, which another worker may own.</content>
public sealed partial class RelayWorker
{
    /// <summary>From now on <see cref="Fork.Source"/>, a session of this worker, is copied.</summary>
    public void OnForkStarted(in Fork fork) => Sessions.Find(fork.Source)?.AddFork(fork);

    /// <summary>The target of a fork is gone.</summary>
    public void OnForkEnded(in Fork fork) => Sessions.Find(fork.Source)?.RemoveFork(fork);

    /// <summary>A copy from a session of another worker, to be sent through a session of this one.</summary>
    /// <param name="listener">The party of the source that was sent the original.</param>
    public void OnForked<TSink>(
        in Fork fork, Side listener, StreamKind kind, ReadOnlySpan<byte> datagram, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        if (Sessions.Find(fork.Target) is { } target)
        {
            Transmit(target[fork.TowardFor(listener)][kind], datagram, ref sink);
        }
    }

    internal void StartFork(in Fork fork, Session target)
    {
        EndFork(target);
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

    /// <summary>Sends what <paramref name="listener"/> is sent through the sessions that carry a copy. Not counted as relayed.</summary>
    private void SendForks<TSink>(Leg listener, StreamKind kind, ReadOnlySpan<byte> datagram, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        foreach (Fork fork in listener.Session.Forks)
        {
            if (fork.Target.Worker == Index)
            {
                OnForked(fork, listener.Side, kind, datagram, ref sink);
            }
            else
            {
                World.Links.Forward(fork, listener.Side, kind, datagram);
            }
        }
    }
}
