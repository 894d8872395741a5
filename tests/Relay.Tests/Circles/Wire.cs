using System.Net;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Circles;

/// <summary>
/// The network of one relay's machine: what the relay sends to itself by any of its names arrives there, from the name it was
/// sent to.
/// </summary>
internal sealed class Wire(VirtualRelay relay, string host)
{
    private const int MaxHops = 200;

    public VirtualRelay Relay => relay;

    /// <summary>Datagrams that the relay sent because of the last one that was put in.</summary>
    public int Hops { get; private set; }

    /// <summary>Puts a datagram in and follows it; returns where it and its copies left the machine.</summary>
    public Endpoint[] Send(Endpoint source, int port, byte[] datagram)
    {
        var ends = new List<Endpoint>();
        var underWay = new Queue<SentDatagram>();
        Hops = 0;
        Deliver(source, port, datagram);
        while (underWay.TryDequeue(out SentDatagram? sent) && Hops < MaxHops)
        {
            if (sent.To.IsSameHost(Endpoint.From(IPAddress.Parse(host), 0)))
            {
                Deliver(Endpoint.From(IPAddress.Parse(host), sent.From.Port), sent.To.Port, sent.Bytes);
            }
            else
            {
                ends.Add(sent.To);
            }
        }

        return [.. ends];

        void Deliver(Endpoint from, int to, byte[] bytes)
        {
            if (relay.Ports.IsOpen(to))
            {
                IReadOnlyList<SentDatagram> sent = relay.Receive(from, to, bytes);
                Hops += sent.Count;
                foreach (SentDatagram each in sent)
                {
                    underWay.Enqueue(each);
                }
            }
        }
    }
}
