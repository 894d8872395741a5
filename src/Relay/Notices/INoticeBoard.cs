using RtpProxy.Relay.Operations;

namespace RtpProxy.Relay.Notices;

/// <summary>Takes messages for controllers (control protocol, section 7). Never blocks: a full queue drops and counts.</summary>
/// <remarks>Called by all workers; thread-safe.</remarks>
public interface INoticeBoard
{
    /// <summary>False when the daemon was started without any <c>-n</c>.</summary>
    bool IsEnabled { get; }

    /// <summary>The target that a <c>notify_socket</c> names if <c>-n</c> permits it (section 7.2), else null.</summary>
    NoticeTarget? Permit(string notifySocket, in RequestOrigin origin);

    /// <summary>Queues <paramref name="message"/>, final LF included, in order per target.</summary>
    void Post(NoticeTarget target, byte[] message);
}
