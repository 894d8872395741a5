using System.Buffers;

namespace RtpProxy.Io.Storage.Appending;

/// <summary>How records look as lines.</summary>
/// <remarks>Called on the thread that writes.</remarks>
public interface ILineForm<in T>
{
    /// <summary>The first line of a file, with its LF; empty for none.</summary>
    ReadOnlyMemory<byte> Header { get; }

    /// <summary>Writes one line, with its LF, which is the only one in it whatever the record holds.</summary>
    void Write(T record, IBufferWriter<byte> line);
}
