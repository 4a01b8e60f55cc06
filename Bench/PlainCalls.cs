using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Billing.Bench;

/// <summary>Calls stored the way most programs do it: entities, a thousand a save.</summary>
internal sealed class PlainCalls(string connection) : DbContext
{
    public DbSet<Row> Rows => Set<Row>();

    public static async Task<decimal?> StoreAsync(string connection, IEnumerable<Row> rows)
    {
        foreach (var batch in rows.Chunk(1_000))
        {
            await using var context = new PlainCalls(connection);
            context.AddRange(batch);
            await context.SaveChangesAsync();
        }
        return null;
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql(connection);

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Row>().ToTable("plain", "bench").HasKey(row => row.Reference);

    internal sealed class Row
    {
        [Column("caller")] public long Caller { get; set; }
        [Column("called")] public long Called { get; set; }
        [Column("started_at")] public DateTime StartedAt { get; set; }
        [Column("seconds")] public int Seconds { get; set; }
        [Column("cost")] public decimal Cost { get; set; }
        [Column("reference")] public string Reference { get; set; } = "";
        [Column("account_id")] public long AccountId { get; set; }
        [Column("destination")] public string Destination { get; set; } = "";
        [Column("charge")] public decimal Charge { get; set; }
    }
}
