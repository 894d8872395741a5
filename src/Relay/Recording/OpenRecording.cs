namespace RtpProxy.Relay.Recording;

/// <summary>An open recording and how many write to it, or may soon: the last one to leave closes the file.</summary>
/// <remarks>Owned by one worker once it is open.</remarks>
internal sealed class OpenRecording(IRecordingFile file)
{
    private int _users;

    public bool TryReserve(int length, out Span<byte> record) => file.TryReserve(length, out record);

    public void Join() => _users++;

    public void Leave()
    {
        if (--_users == 0)
        {
            file.Close();
        }
    }
}
