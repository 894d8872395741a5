using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Snapshots;

/// <summary>One stream in a <see cref="SessionSnapshot"/>.</summary>
internal sealed class StreamSnapshot
{
    private RelayStreamState _state;
    private int _timesTold;
    private Endpoint _told;
    private Endpoint _ownPort;
    private string? _file;
    private long _fileBytes;
    private RecordLayout _layout;
    private bool _isSingle;
    private Endpoint _copyTo;
    private bool _isCopyRefusalTold;

    /// <summary>The file that the stream is written to, null for none.</summary>
    public string? File => _file;

    /// <summary>How much of it was whole on the disk, at least.</summary>
    public long FileBytes => _fileBytes;

    public RecordLayout Layout => _layout;

    public bool IsSingle => _isSingle;

    /// <summary>Where packets for the party go, if that is a port of this machine.</summary>
    public Endpoint OwnPort => _ownPort;

    public void Take(RelayStream stream)
    {
        _state = stream.State;
        _timesTold = stream.Destination.TimesTold;
        _told = stream.Destination.Told;
        _ownPort = stream.Destination.OwnPort?.Address ?? default;
        _file = stream.Recorder?.File.Name;
        _fileBytes = stream.Recorder?.File.WholeBytes ?? 0;
        _layout = stream.Recorder?.Layout ?? default;
        _isSingle = stream.Recorder?.IsSingle ?? false;
        _copyTo = stream.Copy?.To ?? default;
        _isCopyRefusalTold = stream.Copy?.IsRefusalTold ?? false;
    }

    public void Fill(RelayStream stream)
    {
        stream.State = _state;
        stream.Destination.TimesTold = _timesTold;
        stream.Destination.Told = _told;
    }

    /// <summary>The copy of the stream, null if there was none.</summary>
    /// <param name="from">Our port for it.</param>
    public StreamCopy? NewCopy(PortId from) =>
        _copyTo.IsKnown ? new StreamCopy(from, _copyTo) { IsRefusalTold = _isCopyRefusalTold } : null;

    public void Pass(ref SnapshotPass pass)
    {
        StreamFields.Pass(ref pass, ref _state);
        pass.Number(ref _timesTold, min: 0);
        pass.Value(ref _told);
        pass.Value(ref _ownPort);
        pass.OptionalText(ref _file, SnapshotLimits.Text);
        pass.Number(ref _fileBytes, min: 0);
        pass.Choice(ref _layout, RecordLayout.PcapAsSent);
        pass.Flag(ref _isSingle);
        pass.Value(ref _copyTo);
        pass.Flag(ref _isCopyRefusalTold);
    }
}
