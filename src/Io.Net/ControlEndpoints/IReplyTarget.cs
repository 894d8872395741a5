namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Where the reply to one command goes. Exactly one of the two is called, once.</summary>
/// <remarks>Called on whatever thread the command ended: must not block, and must not throw for what the client does.</remarks>
public interface IReplyTarget
{
    /// <param name="reply">The whole reply; its bytes never change any more, and may be kept.</param>
    void Reply(ReadOnlyMemory<byte> reply);

    /// <summary>There will be no reply.</summary>
    /// <param name="defect">What the command met; null if the relay is stopping.</param>
    void GiveUp(Exception? defect);
}
