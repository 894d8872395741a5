using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// What is spoken over control sockets: bytes of a command in, bytes of its reply out. The sockets know how commands are
/// parted and how many of them wait; the protocol knows everything else.
/// </summary>
/// <remarks>Thread-safe. Nothing here blocks: what takes time ends elsewhere and tells its <see cref="IReplyTarget"/>.</remarks>
public interface IControlProtocol
{
    /// <summary>Bytes of one command on a stream, without the LF that ends it. Who sends more without an LF is left.</summary>
    int MaxCommandLength { get; }

    /// <summary>
    /// Starts the command in a datagram before it returns, so that commands given one after the other reach their workers
    /// in that order. Whether it repeats another one is the protocol's business.
    /// </summary>
    /// <param name="datagram">Borrowed for the call; may be empty.</param>
    void OnDatagram(ReadOnlySpan<byte> datagram, in RequestOrigin origin, IReplyTarget target);

    /// <summary>A client has connected.</summary>
    /// <param name="origin">Of all its commands.</param>
    /// <param name="isGuarded">
    /// True where a program that is meant for something else can reach the socket, such as a web page: then it has to begin
    /// with what is a command beyond doubt.
    /// </param>
    ICommandStream OpenStream(in RequestOrigin origin, bool isGuarded);
}
