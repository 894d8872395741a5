using RtpProxy.ExtractAudio.Loading;

namespace RtpProxy.ExtractAudio.Mixing;

/// <summary>Goes through the packets of a channel in order, with one block of them in memory.</summary>
internal sealed class PacketCursor(IReadOnlyList<PacketBlock> blocks, SpillFile spill)
{
    private PacketEntry[] _entries = [];
    private int _nextBlock;
    private int _count;
    private int _position;

    /// <summary>The packet that <see cref="Advance"/> goes past; false when there are no more.</summary>
    public bool TryPeek(out PacketEntry packet)
    {
        while (_position == _count)
        {
            if (_nextBlock == blocks.Count)
            {
                packet = default;
                return false;
            }

            PacketBlock block = blocks[_nextBlock++];
            if (_entries.Length < block.Count)
            {
                _entries = new PacketEntry[block.Count];
            }

            _count = block.Read(spill, _entries);
            _position = 0;
        }

        packet = _entries[_position];
        return true;
    }

    public void Advance() => _position++;

    /// <summary>Another cursor at the same packet, to look ahead with.</summary>
    public PacketCursor Fork() => new(blocks, spill)
    {
        _entries = [.. _entries.AsSpan(0, _count)],
        _nextBlock = _nextBlock,
        _count = _count,
        _position = _position,
    };
}
