//! Things put in order by a small number that each of them has, without comparing any.

/// Things by the bucket that each of them is in.
#[derive(Debug, Clone, Default)]
pub(super) struct Buckets {
    /// Where each bucket begins in `order`, and behind the last one its end.
    starts: Vec<u32>,
    order: Vec<u32>,
}

impl Buckets {
    /// Puts each of some things in its bucket, of so many; what is in none of them is left out.
    /// Within a bucket their order stays.
    pub(super) fn new(things: usize, buckets: usize, of: &dyn Fn(usize) -> usize) -> Buckets {
        let mut starts = vec![0_u32; buckets + 1];
        for thing in 0..things {
            if let Some(count) = starts.get_mut(of(thing) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut order = vec![0; sum as usize];
        for thing in 0..things {
            let bucket = of(thing);
            if bucket < buckets {
                order[next[bucket] as usize] = thing as u32;
                next[bucket] += 1;
            }
        }
        Buckets { starts, order }
    }

    /// What is in the buckets from one to another, the last one excluded.
    pub(super) fn range(&self, from: usize, to: usize) -> &[u32] {
        let start = |bucket: usize| self.starts.get(bucket).map(|start| *start as usize);
        match (start(from), start(to)) {
            (Some(from), Some(to)) => self.order.get(from..to).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// What is in a bucket.
    pub(super) fn get(&self, bucket: usize) -> &[u32] {
        self.range(bucket, bucket + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_is_in_its_bucket_and_order_stays(of in prop::collection::vec(0usize..7, 0..40)) {
            let buckets = Buckets::new(of.len(), 5, &|i| of[i]);
            let plain = |from: usize, to: usize| -> Vec<u32> {
                let each = (from..to).flat_map(|b| (0..of.len()).filter(move |i| (b, *i).0 == b).map(move |i| (b, i)));
                each.filter(|(b, i)| of[*i] == *b).map(|(_, i)| i as u32).collect()
            };
            for from in 0..=5 {
                prop_assert_eq!(buckets.get(from), if from < 5 { plain(from, from + 1) } else { vec![] });
                for to in from..=5 {
                    prop_assert_eq!(buckets.range(from, to), plain(from, to));
                }
            }
        }
    }
}
