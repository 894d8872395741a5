using System.Buffers;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Storage.Appending;

namespace RtpProxy.Hosting.Records;

/// <summary>
/// Records as lines of JSON: the event <c>ended</c> of the admin socket (docs/admin.md), which is the session with its final figures.
/// </summary>
internal sealed class JsonForm(WallClock clock) : ILineForm<FeedItem>
{
    private readonly SessionDetails _details = new(clock);

    public ReadOnlyMemory<byte> Header => default;

    public void Write(FeedItem record, IBufferWriter<byte> line) => line.Write(record.RecordBy(_details));
}
