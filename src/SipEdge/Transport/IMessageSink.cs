using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Transport;

/// <summary>Takes what the sockets receive.</summary>
internal interface IMessageSink
{
    /// <summary>One message; must not block and must not throw. Called on any thread.</summary>
    /// <param name="message">Owned by the callee.</param>
    void OnReceived(Flow from, byte[] message);

    /// <summary>A stream in which the next message cannot be found; it is closed when the task has ended. Must not throw.</summary>
    /// <param name="head">Header of the message that could not be cut; empty if even that did not come whole.</param>
    /// <param name="fault">What was expected.</param>
    Task OnBrokenAsync(Flow from, byte[] head, ParseError fault);
}
