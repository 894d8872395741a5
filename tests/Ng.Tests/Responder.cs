using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;

namespace RtpProxy.Protocols.Ng.Tests;

/// <summary>A relay that knows no calls: it answers what can be answered from the message alone.</summary>
internal static class Responder
{
    /// <returns>Null where no answer is sent.</returns>
    public static byte[]? Answer(ReadOnlySpan<byte> datagram)
    {
        if (!NgMessage.TrySplit(datagram, out NgMessage message))
        {
            return null;
        }

        var reply = new NgReplyWriter();
        reply.Begin(message);
        if (message.ReadDictionary(out string? error) is not { } dictionary
            || !NgRequestReader.TryRead(dictionary, out NgRequest? request, out error))
        {
            reply.WriteError(error.ShouldNotBeNull());
            return reply.Written.ToArray();
        }

        error.ShouldBeNull();
        switch (request)
        {
            case PingRequest:
                reply.WritePong();
                break;
            case CallRequest call:
                reply.WriteError(call.FindRefusal() ?? call.UnknownCall);
                break;
            default:
                reply.WriteOk();
                break;
        }

        return reply.Written.ToArray();
    }
}
