using System.Net;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller;

/// <summary>One rtpproxy node, as the call side sees it: a name, what it can do, and a way to ask it.</summary>
/// <remarks>
/// Implementations are thread-safe and never block a thread. An implementation that belongs to a set disables itself
/// when a command stays without a reply, so that the next <see cref="IRelaySelector.SelectAsync"/> passes it over;
/// error replies (<c>E..</c>) never disable a node.
/// </remarks>
public interface IRelay
{
    /// <summary>
    /// The address as configured, prefix included (<c>udp:127.0.0.1:22222</c>): the node's name in listings.
    /// </summary>
    string Name { get; }

    /// <summary>What the probe found. Valid from the moment the selector hands the node out.</summary>
    RelayCapabilities Capabilities { get; }

    /// <summary>Written into SDP instead of the node's replies of the same family; null for what the node says.</summary>
    IPAddress? Advertised => null;

    /// <summary>
    /// Where its control socket is reached over the network: stands in SDP when neither the node nor the caller names an address. Null for a
    /// Unix socket, and for a host that is a name.
    /// </summary>
    IPAddress? Host => null;

    /// <summary>
    /// Sends one command and waits for its reply, for at most the node's own timeout and number of transmissions.
    /// </summary>
    /// <param name="command">What to ask; written by the implementation.</param>
    /// <param name="cancellationToken">Gives up waiting; does not disable the node.</param>
    /// <returns>The reply, or why there is none. A relay that fails is a value, never an exception.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<RelayReply> SendAsync(Command command, CancellationToken cancellationToken);

    /// <summary>
    /// The node has refused a new call because it is full or drains (<c>E71</c>, <c>E72</c>, <c>E98</c>, <c>E99</c>). A node
    /// of a set gets no new calls for a while, unless no other is left; the calls that it has stay with it.
    /// </summary>
    void OnNewCallRefused()
    {
    }
}
