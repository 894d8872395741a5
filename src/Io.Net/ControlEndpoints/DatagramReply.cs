using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>The reply to one datagram: leaves at once, on whatever thread it is ready.</summary>
internal sealed class DatagramReply(DatagramEndpoint endpoint, SockAddr source) : IReplyTarget
{
    public void Reply(ReadOnlyMemory<byte> reply) => endpoint.Send(reply.Span, source);

    public void GiveUp(Exception? defect) => endpoint.GiveUp(defect);
}
