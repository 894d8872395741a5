using System.Net;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Protocols.Ng.Framing;

namespace RtpProxy.Hosting.Commands;

/// <summary>
/// The messages of one connection that speaks the ng protocol. A web page cannot begin with one: what it sends
/// before its own bytes is a cookie without a dictionary, behind which nothing is read.
/// </summary>
internal sealed class NgStream(NgProtocol protocol, IPAddress? client) : ICommandStream, ICommandCutter
{
    private readonly NgStreamFramer _framer = new();

    public bool IsEmpty => _framer.Buffered == 0;

    public void Append(ReadOnlySpan<byte> bytes) => _framer.Append(bytes);

    public bool TryTake(out ReadOnlyMemory<byte> command)
    {
        NgFrame frame;
        ReadOnlySpan<byte> message;
        do
        {
            frame = _framer.TryRead(out message);
        }
        while (frame == NgFrame.Message && !protocol.HasCookie(message)); // which gets no reply, and ends nothing

        if (frame == NgFrame.Broken)
        {
            throw new InvalidDataException("no message of the ng protocol");
        }

        command = message.ToArray();
        return frame == NgFrame.Message;
    }

    public bool OnCommand(ReadOnlySpan<byte> command, IReplyTarget target)
    {
        protocol.OnMessage(command, client, target);
        return true;
    }
}
