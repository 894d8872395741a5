namespace RtpProxy.Relay.Recording;

/// <summary>An open recording and how many streams write to it: the last one to leave closes the file.</summary>
/// <remarks>Owned by one worker once a stream has joined.</remarks>
internal sealed class OpenRecording(IRecordingFile file)
{
    private int _streams;

    public bool TryReserve(int length, out Span<byte> record) => file.TryReserve(length, out record);

    public void Join() => _streams++;

    public void Leave()
    {
        if (--_streams == 0)
        {
            file.Close();
        }
    }

    /// <summary>Nobody came to write: closes the file as it is.</summary>
    public void Abandon() => file.Close();
}
