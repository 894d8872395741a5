using System.Diagnostics;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Engines;

/// <summary>A <see cref="RelayWorker"/> as an engine drives it.</summary>
public readonly struct RelayCore(RelayWorker worker) : IEngineCore
{
    public Instant? NextDeadline => worker.NextDeadline;

    public void OnDatagram<TSink>(
        PortId port, in Endpoint source, in Datagram datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct =>
        worker.OnDatagram(port, source, datagram, arrival, ref sink);

    public void OnUndelivered(PortId port, in Endpoint to, SendOutcome outcome, Instant now) =>
        worker.OnUndelivered(port, to, outcome, now);

    public void OnDeadline<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct =>
        worker.OnDeadline(arrival, ref sink);

    public void OnTurnEnded(Instant now) => worker.OnTurnEnded(now);

    public void OnMail<TSink>(Letter letter, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        switch (letter)
        {
            case ErrandVisit visit:
                visit.RunOnWorker(worker, arrival.Now);
                break;
            case ForkedDatagram copy:
                worker.OnForked(copy.Packet, copy.Datagram, ref sink);
                copy.Recycle();
                break;
            case ForkStarted started:
                worker.OnForkStarted(started.Fork);
                break;
            case ForkEnded ended:
                worker.OnForkEnded(ended.Fork);
                break;
            case ForkReleased released:
                worker.OnForkReleased(released.Source);
                break;
            case ForkSourceEnded ended:
                worker.OnForkSourceEnded(ended.Fork);
                break;
            case Halt halt:
                halt.Stand(worker, arrival.Now);
                break;
            default:
                throw new UnreachableException($"no worker understands {letter.GetType()}");
        }
    }
}
