namespace RtpProxy.SipEdge.Transport;

/// <summary>Takes what the sockets receive.</summary>
internal interface IMessageSink
{
    /// <summary>One message; must not block and must not throw. Called on any thread.</summary>
    /// <param name="message">Owned by the callee.</param>
    void OnReceived(Flow from, byte[] message);
}
