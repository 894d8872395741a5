using System.Text;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Operations;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Keeps notifications instead of sending them; permits the names it was given.</summary>
public sealed class VirtualNotices(params IReadOnlyCollection<string> permitted) : INoticeBoard
{
    public bool IsEnabled => permitted.Count > 0;

    /// <summary>Target and message, in order.</summary>
    public List<(string Target, string Message)> Posted { get; } = [];

    public NoticeTarget? Permit(string notifySocket, in RequestOrigin origin) =>
        permitted.Contains(notifySocket) ? new NoticeTarget(0, notifySocket)
        : !notifySocket.Contains(':', StringComparison.Ordinal) && permitted.Contains($"unix:{notifySocket}")
            ? new NoticeTarget(0, $"unix:{notifySocket}")
            : null;

    public void Post(NoticeTarget target, byte[] message) => Posted.Add((target.Name, Encoding.Latin1.GetString(message)));
}
